// How much of a processor that others want as well a thread gets.
#pragma once

namespace stator {

// Lets the calling thread yield to those that answer requests: by as many steps of nice(2) as it
// says, each about a fifth of its share. On a processor to itself it is as fast as ever.
void lower_thread_priority(int nice_steps);

}  // namespace stator
