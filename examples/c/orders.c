// A DynamoDB in a C program: opened, used, told of its changes, served, closed.
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stator/stator.h"

static const char create_orders[] =
    "{\"TableName\": \"Orders\","
    " \"AttributeDefinitions\": [{\"AttributeName\": \"id\", \"AttributeType\": \"S\"}],"
    " \"KeySchema\": [{\"AttributeName\": \"id\", \"KeyType\": \"HASH\"}],"
    " \"BillingMode\": \"PAY_PER_REQUEST\","
    " \"StreamSpecification\": {\"StreamEnabled\": true, \"StreamViewType\": \"NEW_IMAGE\"}}";

// Ends the program when something was not done.
static void check(stator_error* error) {
  if (error == NULL) return;
  fprintf(stderr, "orders: %s\n", error->message);
  stator_free_error(error);
  exit(1);
}

static void call(stator_database* database, const char* operation, const char* json) {
  stator_reply* reply = stator_call(database, operation, json, strlen(json));
  if (reply == NULL) abort();
  printf("%s %d %s\n", operation, reply->status, reply->body);
  const int failed = reply->status != 200;
  stator_free_reply(reply);
  if (failed) exit(1);
}

// Runs on a thread of stator's.
static void audit(void* context, const char* event_json, size_t event_bytes,
                  stator_outcome* outcome) {
  (void)event_bytes;
  if (strstr(event_json, "\"Records\"") == NULL) {
    stator_fail(outcome, "NoRecords", event_json);
    return;
  }
  puts("audit was called");
  sem_post(context);
}

int main(void) {
  if (stator_abi_version() != STATOR_ABI_VERSION) return 1;

  stator_options options = {.size = sizeof options, .clock = "manual:2026-01-01T00:00:00Z"};
  stator_database* database = NULL;
  check(stator_open(&options, &database));

  sem_t called;
  sem_init(&called, 0, 0);
  const stator_handler handlers[] = {{.name = "audit", .handle = audit, .context = &called}};
  check(stator_on_change(
      database, "{\"mappings\": [{\"table\": \"Orders\", \"function\": \"audit\"}]}", handlers, 1));

  call(database, "CreateTable", create_orders);
  call(database, "PutItem", "{\"TableName\": \"Orders\", \"Item\": {\"id\": {\"S\": \"1\"}}}");
  sem_wait(&called);
  call(database, "GetItem", "{\"TableName\": \"Orders\", \"Key\": {\"id\": {\"S\": \"1\"}}}");

  check(stator_advance_clock(database, 60 * 60 * 1000));

  const char* endpoint = NULL;
  check(stator_serve(database, 0, &endpoint));
  printf("serves on %s\n", endpoint);

  stator_close(database);
  return 0;
}
