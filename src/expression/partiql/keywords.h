// The words that are no names, unless quoted.
#pragma once

#include <string_view>

#include "expression/partiql/token.h"

namespace stator::partiql {

// Whatever its case; Word::none of a name. The keywords are those of the open PartiQL parser of
// AWS's statements (partiql-lang-kotlin 0.2): "SELECT user FROM t" is refused as AWS refuses it.
Word keyword_of(std::string_view name);

}  // namespace stator::partiql
