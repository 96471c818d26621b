# Everything comes from the distribution; tools/packages.txt names the packages.
find_package(Boost 1.81 REQUIRED)
find_package(fmt REQUIRED)
find_package(tl-expected REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(ZLIB REQUIRED)
find_package(RocksDB REQUIRED)
find_package(simdjson REQUIRED)
find_package(CLI11 REQUIRED)
find_package(Threads REQUIRED)
find_library(XXHASH_LIBRARY xxhash REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(LIBEDIT REQUIRED IMPORTED_TARGET libedit)

# Beast and Asio, the same for all who include them. One thread at a time runs an io_context here and
# posts to it take its lock, so that handlers need no fence of their own; the thread sanitizer would
# not understand one.
add_library(stator_asio INTERFACE)
target_link_libraries(stator_asio INTERFACE Boost::headers Threads::Threads)
target_compile_definitions(stator_asio INTERFACE BOOST_ASIO_DISABLE_FENCED_BLOCK)
