// The operations of a run: each draws a request, sends it, compares the reply with what the model
// says, and brings the model to where the database must be.
#pragma once

#include "world.h"

namespace stator::plain {

// All throw Mismatch, and all but the first need a table.
void create_table(World* world);
void delete_table(World* world);
void describe_tables(World* world);
void use_missing_table(World* world);

void put_item(World* world);
void get_item(World* world);
void update_item(World* world);
void delete_item(World* world);
void use_wrong_key(World* world);

void query(World* world);
void scan(World* world);

void query_index(World* world);
void scan_index(World* world);
// Adds or removes one.
void change_indexes(World* world);
void change_wrong_index(World* world);

// Compares what a stream says with its table; enables or disables one.
void read_stream(World* world);
void change_stream(World* world);

// Enables or disables a time to live; moves the clock.
void change_expiry(World* world);
void let_time_pass(World* world);

void batch_write_item(World* world);
void batch_get_item(World* world);

void transact_write_items(World* world);
void transact_get_items(World* world);

// Every stream leads to what its table has.
void expect_streams(World* world);

// Every table and every index has what the model says and nothing else.
void expect_everything(World* world);

}  // namespace stator::plain
