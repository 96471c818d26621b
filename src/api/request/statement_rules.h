// What may stand in the requests of PartiQL.
#pragma once

#include "api/request/value_rules.h"

namespace stator {

inline constexpr ValueRule kStatement = text_rule(1, kStatementBytesMax);
inline constexpr ValueRule kParameters = list_rule(&kAnyValue, 1);
inline constexpr ValueRule kNextToken = text_rule(1, kNextTokenBytesMax);

inline constexpr MemberRule kStatementMember = {"Statement", &kStatement, Need::required};
inline constexpr MemberRule kParametersMember = {"Parameters", &kParameters};
inline constexpr MemberRule kReturnOnFailureMember = {"ReturnValuesOnConditionCheckFailure",
                                                      &kReturnOnFailure};
inline constexpr MemberRule kConsumedCapacityMember = {"ReturnConsumedCapacity",
                                                       &kConsumedCapacity};

inline constexpr MemberRule kExecuteStatementMembers[] = {
    kStatementMember,        kParametersMember,          kReturnOnFailureMember,
    kConsumedCapacityMember, {"NextToken", &kNextToken}, {"Limit", &kPositiveInteger},
};
inline constexpr RequestRules kExecuteStatementRules = {"ExecuteStatement",
                                                        kExecuteStatementMembers};

inline constexpr MemberRule kStatementElementMembers[] = {kStatementMember, kParametersMember,
                                                          kReturnOnFailureMember};
inline constexpr ValueRule kBatchStatement =
    structure_rule(kStatementElementMembers, "BatchStatementRequest");
inline constexpr ValueRule kTransactStatement =
    structure_rule(kStatementElementMembers, "ParameterizedStatement");
inline constexpr ValueRule kBatchStatements = list_rule(&kBatchStatement, 1, kBatchStatementsMax);
inline constexpr ValueRule kTransactStatements =
    list_rule(&kTransactStatement, 1, kTransactionActionsMax);

inline constexpr MemberRule kBatchExecuteStatementMembers[] = {
    kConsumedCapacityMember,
    {"Statements", &kBatchStatements, Need::required},
};
inline constexpr RequestRules kBatchExecuteStatementRules = {"BatchExecuteStatement",
                                                             kBatchExecuteStatementMembers};

inline constexpr MemberRule kExecuteTransactionMembers[] = {
    {"ClientRequestToken", &kRequestToken},
    kConsumedCapacityMember,
    {"TransactStatements", &kTransactStatements, Need::required},
};
inline constexpr RequestRules kExecuteTransactionRules = {"ExecuteTransaction",
                                                          kExecuteTransactionMembers};

}  // namespace stator
