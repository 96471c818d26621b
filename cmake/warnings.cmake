# The strict set: both compilers build everything of ours without a warning.
add_library(stator_warnings INTERFACE)
target_compile_options(stator_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast
  -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-align -Wformat=2 -Wimplicit-fallthrough
  $<$<CXX_COMPILER_ID:Clang>:-Wthread-safety>
  $<$<BOOL:${STATOR_WERROR}>:-Werror>)

# What g++ 12 sees where there is nothing when it optimises or sanitizes: "maybe uninitialized" members
# of optional, expected, tuple and regex, and copies of strings that overlap (GCC bugs 105562, 105651).
# clang and the sanitizers look for both.
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(stator_warnings INTERFACE -Wno-maybe-uninitialized -Wno-restrict)
endif()
