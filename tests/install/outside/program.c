/* Asks an embedded database for its tables and prints them. */
#include <stdio.h>

#include "stator/stator.h"

int main(void) {
  stator_database* database = NULL;
  stator_reply* reply = NULL;
  if (stator_open(NULL, &database) != NULL) return 1;
  reply = stator_call(database, "ListTables", "{}", 2);
  puts(reply->body);
  stator_free_reply(reply);
  stator_close(database);
  return 0;
}
