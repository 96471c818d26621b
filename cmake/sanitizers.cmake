# g++ 12 sees "maybe uninitialized" members of its own optional, tuple and regex when it sanitizes;
# the presets that do not sanitize keep that warning.
if(STATOR_SANITIZE)
  add_compile_options(-fsanitize=${STATOR_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${STATOR_SANITIZE})
  if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    target_compile_options(stator_warnings INTERFACE -Wno-maybe-uninitialized)
  endif()
endif()
