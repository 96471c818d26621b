# For a second compiler's warnings: every source is looked at, nothing is compiled or linked. What
# would be made is an empty file, so that a second look takes only what has changed.
if(STATOR_CHECK_ONLY)
  set(STATOR_TOUCH "${CMAKE_COMMAND} -E touch <TARGET>")
  set(CMAKE_CXX_COMPILE_OBJECT
    "<CMAKE_CXX_COMPILER> <DEFINES> <INCLUDES> <FLAGS> -fsyntax-only <SOURCE>"
    "${CMAKE_COMMAND} -E touch <OBJECT>")
  set(CMAKE_CXX_CREATE_STATIC_LIBRARY "${STATOR_TOUCH}")
  set(CMAKE_CXX_CREATE_SHARED_LIBRARY "${STATOR_TOUCH}")
  set(CMAKE_CXX_LINK_EXECUTABLE "${STATOR_TOUCH}")
  set(CMAKE_C_LINK_EXECUTABLE "${STATOR_TOUCH}")
  set(CMAKE_GTEST_DISCOVER_TESTS_DISCOVERY_MODE PRE_TEST)
endif()
