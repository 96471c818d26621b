// The arguments of `stator serve`: its options, each of which is an environment variable as well.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "server/serve.h"

namespace CLI {
class App;
}

namespace stator {

// Adds --host and --port.
//   host_text, port_text  what they are to the command
void add_address_options(CLI::App* command, const std::string& host_text,
                         const std::string& port_text, HttpServerOptions* http);

// Adds all options. Parsing writes into *options what was said and leaves alone what was not; it
// throws CLI::ParseError, also where two options contradict each other.
void add_serve_options(CLI::App* command, ServeOptions* options);

// "--port" and all others.
std::vector<std::string> serve_option_names();

// `defaults` with what the environment's variables say.
//   errors  validation: in one line which variable is wrong; what contradicts each other is the
//           caller's to see
Result<ServeOptions> with_environment(ServeOptions defaults);

}  // namespace stator
