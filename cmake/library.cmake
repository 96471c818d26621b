# The library, shared and static, and all that finds it: a CMake package, pkg-config, headers.
include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

file(STRINGS include/stator/stator.h STATOR_ABI_VERSION REGEX "^#define STATOR_ABI_VERSION")
string(REGEX MATCH "[0-9]+$" STATOR_ABI_VERSION "${STATOR_ABI_VERSION}")

# All layers but those of the program's commands, which are these sources of the layer server, and
# the layers shell and client behind them.
set(STATOR_COMMANDS "/(argument_faults|client_arguments|command_line|[a-z]+_command|nearest_name|number_option|reference|healthcheck|serve|serve_arguments)[.]cc[.]o$")
set(STATOR_OBJECTS)
foreach(layer base model expression capacity storage streams api functions simulate server abi)
  list(APPEND STATOR_OBJECTS $<FILTER:$<TARGET_OBJECTS:stator_${layer}>,EXCLUDE,${STATOR_COMMANDS}>)
endforeach()

# Names that a linker resolves, so that who links the library needs none of their packages for CMake.
set(STATOR_FOREIGN rocksdb simdjson fmt xxhash z)

# stator_library(NAME TYPE EXPORT_NAME)
function(stator_library name type export_name)
  add_library(${name} ${type} ${STATOR_OBJECTS})
  add_library(stator::${export_name} ALIAS ${name})
  target_include_directories(${name} INTERFACE
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  target_compile_features(${name} INTERFACE cxx_std_20)
  set_target_properties(${name} PROPERTIES
    OUTPUT_NAME stator
    EXPORT_NAME ${export_name}
    LINKER_LANGUAGE CXX
    ARCHIVE_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}
    LIBRARY_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR})
endfunction()

stator_library(stator_shared SHARED stator)
target_link_libraries(stator_shared PRIVATE ${STATOR_FOREIGN} Threads::Threads)
target_link_options(stator_shared PRIVATE
  -Wl,--as-needed -Wl,--gc-sections -Wl,--no-undefined
  -Wl,--version-script=${CMAKE_CURRENT_LIST_DIR}/library.map)
set_target_properties(stator_shared PROPERTIES
  VERSION ${STATOR_ABI_VERSION}.${PROJECT_VERSION}
  SOVERSION ${STATOR_ABI_VERSION}
  LINK_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/library.map)

stator_library(stator_static STATIC static)
target_link_libraries(stator_static INTERFACE ${STATOR_FOREIGN} stdc++ m pthread)

install(TARGETS stator_shared stator_static EXPORT stator_targets COMPONENT development)
install(DIRECTORY include/stator DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT development)

set(STATOR_CMAKE_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/stator)
install(EXPORT stator_targets NAMESPACE stator:: FILE stator-config.cmake
  DESTINATION ${STATOR_CMAKE_DIR} COMPONENT development)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/stator-config-version.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/stator-config-version.cmake
  DESTINATION ${STATOR_CMAKE_DIR} COMPONENT development)

list(TRANSFORM STATOR_FOREIGN PREPEND -l OUTPUT_VARIABLE STATOR_FOREIGN_FLAGS)
list(JOIN STATOR_FOREIGN_FLAGS " " STATOR_FOREIGN_FLAGS)
file(RELATIVE_PATH STATOR_PREFIX_FROM_PC /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
foreach(package stator stator-static)
  configure_file(cmake/${package}.pc.in ${PROJECT_BINARY_DIR}/${package}.pc @ONLY)
  install(FILES ${PROJECT_BINARY_DIR}/${package}.pc
    DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT development)
endforeach()
