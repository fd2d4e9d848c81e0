#pragma once

#include <napi.h>

#include <objidl.h>

#include <functional>
#include <memory>

#include "call/task.h"
#include "com/ref_count.h"

namespace async_com {

// Hands a task to the thread a step is for. False when that thread is no longer there.
using PostToThread = std::function<bool(std::unique_ptr<Task>)>;
// The IServerSecurity pointer of the call, read on that thread. May be empty.
using SecurityOfThread = std::function<ComPtr<IServerSecurity>()>;

// `step(name, argument?)` of a call's thread or a helper thread: runs what `name` says on that
// thread and promises its Outcome. The names are those of the functions called:
//
// ImpersonateClient, RevertToSelf, IsImpersonating, QueryBlanket   IServerSecurity's own
// CoImpersonateClient, CoRevertToSelf, CoQueryClientBlanket, CoGetCallContext
// OpenThreadToken    argument: true for the token's full description
// OpenTokenOfThread  argument: the id of another thread, looked at from this one
// SetThreadToken     argument: a token, or null
// DuplicateToken     a token of our own from the thread's; argument: its level, else the same
// AccessCheck        arguments: SDDL and access: whether the thread's token has it
// CreateFile         argument: a path, opened for reading as the thread is, and closed
Napi::Value RunStep(const Napi::CallbackInfo& info, const PostToThread& post,
                    const SecurityOfThread& security);

}  // namespace async_com
