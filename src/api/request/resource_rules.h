// What may stand in the requests that name their table by a ResourceArn. What is wrong with a tag
// or a policy itself AWS words where it uses them.
#pragma once

#include "api/request/value_rules.h"

namespace stator {

inline constexpr ValueRule kResourceArn = text_rule(1, 1283);
inline constexpr MemberRule kResourceArnMember = {"ResourceArn", &kResourceArn, Need::required};
inline constexpr ValueRule kRevisionId = text_rule(1, 255);
inline constexpr MemberRule kRevisionMember = {"ExpectedRevisionId", &kRevisionId};

inline constexpr MemberRule kResourceMembers[] = {kResourceArnMember};
inline constexpr RequestRules kGetResourcePolicyRules = {"GetResourcePolicy", kResourceMembers};
inline constexpr RequestRules kListTagsOfResourceRules = {"ListTagsOfResource", kResourceMembers};

inline constexpr MemberRule kDeleteResourcePolicyMembers[] = {kResourceArnMember, kRevisionMember};
inline constexpr RequestRules kDeleteResourcePolicyRules = {"DeleteResourcePolicy",
                                                            kDeleteResourcePolicyMembers};

inline constexpr MemberRule kPutResourcePolicyMembers[] = {
    kResourceArnMember,
    kRevisionMember,
    {"Policy", &kAnyValue, Need::required},
};
inline constexpr RequestRules kPutResourcePolicyRules = {"PutResourcePolicy",
                                                         kPutResourcePolicyMembers};

inline constexpr MemberRule kTagResourceMembers[] = {kResourceArnMember,
                                                     {"Tags", &kAnyValue, Need::required}};
inline constexpr RequestRules kTagResourceRules = {"TagResource", kTagResourceMembers};

inline constexpr ValueRule kTagKey = text_rule(1, kTagKeyLengthMax);
inline constexpr ValueRule kTagKeys = list_rule(&kTagKey);
inline constexpr MemberRule kUntagResourceMembers[] = {kResourceArnMember,
                                                       {"TagKeys", &kTagKeys, Need::required}};
inline constexpr RequestRules kUntagResourceRules = {"UntagResource", kUntagResourceMembers};

}  // namespace stator
