# x86-64-v2 with carry-less multiplication (any x86-64 since 2011): simdjson's on-demand front end
# is chosen at compile time, and without these it would read byte by byte.
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  add_compile_options(-march=x86-64-v2 -mpclmul)
endif()
