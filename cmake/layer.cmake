# stator_layer(NAME api SOURCES a.cc b.cc USES model base LIBRARIES simdjson::simdjson)
#   One folder of src as one static library. USES is the list of layers it may include: the arrow
#   list of docs/ARCHITECTURE.md. LIBRARIES are foreign and stay private to the layer.
function(stator_layer)
  cmake_parse_arguments(ARG "" "NAME" "SOURCES;USES;LIBRARIES" ${ARGN})
  add_library(stator_${ARG_NAME} STATIC ${ARG_SOURCES})
  target_include_directories(stator_${ARG_NAME} PUBLIC
    ${PROJECT_SOURCE_DIR}/src ${PROJECT_SOURCE_DIR}/include)
  list(TRANSFORM ARG_USES PREPEND stator_)
  target_link_libraries(stator_${ARG_NAME} PUBLIC ${ARG_USES} PRIVATE stator_warnings ${ARG_LIBRARIES})
  set_target_properties(stator_${ARG_NAME} PROPERTIES POSITION_INDEPENDENT_CODE ON)
  # What is installed; in the other builds library.map hides alone.
  if(CMAKE_BUILD_TYPE STREQUAL Release)
    set_target_properties(stator_${ARG_NAME} PROPERTIES
      CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
  endif()
endfunction()
