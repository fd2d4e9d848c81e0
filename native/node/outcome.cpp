#include "node/outcome.h"

#include <utility>

#include "com/hresult_names.h"

namespace async_com {

namespace {

const char* NameOf(FailureKind kind) {
  switch (kind) {
    case FailureKind::kSystem:
      return "system";
    case FailureKind::kDescriptor:
      return "descriptor";
    case FailureKind::kThreadGone:
      return "threadGone";
  }
  return "system";
}

}  // namespace

Napi::Object OutcomeToJs(Napi::Env env, Outcome outcome) {
  auto object = Napi::Object::New(env);
  object.Set("hresult", HResultToJs(env, outcome.hresult));
  object.Set("code", Napi::String::New(env, HResultName(outcome.hresult)));
  object.Set("failure", FAILED(outcome.hresult)
                            ? Napi::Value(Napi::String::New(env, NameOf(outcome.kind)))
                            : env.Null());
  object.Set("operation",
             outcome.operation == nullptr ? env.Null() : Napi::String::New(env, outcome.operation));
  object.Set("threadId", Napi::Number::New(env, outcome.thread_id));
  object.Set("time", Napi::BigInt::New(env, outcome.time));
  if (outcome.value) {
    object.Set("value", outcome.value(env));
  }
  return object;
}

Outcome Outcome::Here(HRESULT result, const char* its_operation) {
  LARGE_INTEGER now{};
  QueryPerformanceCounter(&now);
  Outcome outcome;
  outcome.hresult = result;
  outcome.operation = its_operation;
  outcome.thread_id = GetCurrentThreadId();
  outcome.time = now.QuadPart;
  return outcome;
}

Outcome Outcome::NotRun(HRESULT result) {
  const bool gone = result == RPC_E_CALL_COMPLETE;
  Outcome outcome = Here(result, gone ? nullptr : "lending a thread for Begin_");
  outcome.kind = gone ? FailureKind::kThreadGone : FailureKind::kSystem;
  return outcome;
}

}  // namespace async_com
