// stator's C ABI: a DynamoDB in this process, for C and whatever calls C.
//
//   stator_database* database = NULL;
//   stator_error* error = stator_open(NULL, &database);
//   stator_reply* reply = stator_call(database, "ListTables", "{}", 2);
//
// Texts are UTF-8 and end with a zero byte. Every function is thread-safe, but for stator_close,
// which comes last, and stator_on_change and stator_serve, which are called by one thread. Nothing
// here aborts, throws or sets errno. What an argument points to is not kept.
#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define STATOR_C_API __attribute__((visibility("default")))

// Grows when something below changes its meaning or goes; the shared library's name has it. What is
// added, at the ends of structs as well, leaves it alone.
#define STATOR_ABI_VERSION 1

// What the library was built with; a program compares it with STATOR_ABI_VERSION.
STATOR_C_API int32_t stator_abi_version(void);

// "0.1.0"
STATOR_C_API const char* stator_version(void);

typedef struct stator_database stator_database;

// Why something was not done; functions that return one return NULL when it was done.
typedef struct stator_error {
  const char* message;  // one line
} stator_error;

STATOR_C_API void stator_free_error(stator_error* error);  // NULL: nothing

typedef struct stator_options {
  size_t size;            // sizeof(stator_options), never 0; what lies beyond it has its default
  const char* directory;  // of the items; NULL: in memory
  // "machine" (NULL), or "manual": a clock that stator_advance_clock moves, from now or from a
  // time, "manual:2026-01-01T00:00:00Z".
  const char* clock;
  uint64_t seed;  // of table ids and the like; 0: from the machine's entropy
  // 1: an acknowledged write outlives a loss of power, not the process only; needs a directory.
  int32_t is_power_durable;
} stator_options;

// Opens a database, which belongs to the caller.
//   options  NULL: the defaults
//   errors   the directory cannot be used, is in use, or a newer format wrote it; the clock is
//            none; the size is not set; then *database is NULL
STATOR_C_API stator_error* stator_open(const stator_options* options, stator_database** database);

// Ends what serves and what calls handlers, waits for calls that run, and frees it. NULL: nothing.
STATOR_C_API void stator_close(stator_database* database);

typedef struct stator_reply {
  int32_t status;    // as over HTTP: 400 and above is an error, whose body has __type
  const char* body;  // JSON
  size_t body_bytes;
} stator_reply;

// Answers one request of DynamoDB or its streams; the reply belongs to the caller.
//   operation  "GetItem"
//   returns    NULL when there is no memory for it
STATOR_C_API stator_reply* stator_call(stator_database* database, const char* operation,
                                       const char* json, size_t json_bytes);

// Answers a request about stator itself: what HTTP has under /_stator and /metrics.
//   method  "GET", "POST" or "DELETE"
//   path    "/_stator/lag", also with a query
//   json    NULL: none
STATOR_C_API stator_reply* stator_control(stator_database* database, const char* method,
                                          const char* path, const char* json);

STATOR_C_API void stator_free_reply(stator_reply* reply);  // NULL: nothing

// Listens on 127.0.0.1 until the database is closed.
//   port      0: any free one
//   endpoint  set to "http://127.0.0.1:40123", which the database owns
//   errors    the port is in use or not ours to use; the database serves already
STATOR_C_API stator_error* stator_serve(stator_database* database, uint16_t port,
                                        const char** endpoint);

// What a handler has to say of its event; good until the handler returns.
typedef struct stator_outcome stator_outcome;

// Called with {"Records": [..]} as Lambda's functions are, on threads of stator's, several at once.
// It succeeds with the answer null unless it says something else of its outcome.
typedef void (*stator_handle)(void* context, const char* event_json, size_t event_bytes,
                              stator_outcome* outcome);

// The handler's answer: JSON, {"batchItemFailures": [..]} for one. Where there is no memory for it
// the handler has failed.
STATOR_C_API void stator_answer(stator_outcome* outcome, const char* json);

// The handler has failed: its batch comes again.
STATOR_C_API void stator_fail(stator_outcome* outcome, const char* type, const char* message);

typedef struct stator_handler {
  const char* name;  // by which mappings know it
  stator_handle handle;
  void* context;  // handed to `handle`; outlives the database
} stator_handler;

// Lets changes of tables with streams call handlers, once for each database and before
// stator_serve. The next opening of its directory goes on where this one ends, with the mappings
// that are said again.
//   json    what docs/functions.md calls the file: {"mappings": [{"table": "T", "function": "f"}]}
//   errors  the JSON is wrong; it was called before; the database serves already
STATOR_C_API stator_error* stator_on_change(stator_database* database, const char* json,
                                            const stator_handler* handlers, size_t handler_count);

// Moves a manual clock, which only goes forward.
//   errors  the database has no manual clock; the time is negative, or leads beyond the year 9999
STATOR_C_API stator_error* stator_advance_clock(stator_database* database, int64_t milliseconds);

#ifdef __cplusplus
}
#endif
