// What a TransactWriteItems request means, for requests that come again with the same token.
#pragma once

#include "api/request/transact_request.h"
#include "storage/transaction_tokens.h"

namespace stator {

// Equal for requests that differ in the order of members and maps, in the writing of numbers, or in
// what they want to be told; the order of actions and the texts of expressions count.
RequestFingerprint fingerprint_of(const TransactRequest& request);

}  // namespace stator
