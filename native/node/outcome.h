#pragma once

#include <napi.h>

#include <windows.h>

#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

#include "com/win32_error.h"

namespace async_com {

// As JavaScript writes it: 0x80004005, not a negative number.
inline Napi::Number HResultToJs(Napi::Env env, HRESULT hresult) {
  return Napi::Number::New(env, static_cast<double>(static_cast<std::uint32_t>(hresult)));
}

// What came of a step on another thread. The shape that JavaScript sees is in lib/outcome.ts.
struct Outcome {
  HRESULT hresult = S_OK;
  FailureKind kind = FailureKind::kSystem;  // of a failure
  const char* operation = nullptr;          // the function that `hresult` is from
  DWORD thread_id = 0;                      // where it ran
  std::int64_t time = 0;                    // QueryPerformanceCounter, when it was done
  // Makes the value on the JavaScript thread. It may move what it holds out.
  std::function<Napi::Value(Napi::Env)> value;

  // Of a step that ends now, on the calling thread.
  static Outcome Here(HRESULT result, const char* its_operation);
  // The same for one that succeeded and has a value: `to_js(env, value)` makes it JavaScript's.
  template <typename Value, typename ToJs>
  static Outcome WithValue(const char* its_operation, Value value, ToJs to_js) {
    Outcome outcome = Here(S_OK, its_operation);
    // std::function copies what it holds.
    auto kept = std::make_shared<Value>(std::move(value));
    outcome.value = [kept, to_js](Napi::Env env) { return Napi::Value(to_js(env, *kept)); };
    return outcome;
  }
  // Of a step that never ran: its thread is no longer there (RPC_E_CALL_COMPLETE), or none can be
  // had.
  static Outcome NotRun(HRESULT result);
};

inline Napi::Value BooleanToJs(Napi::Env env, bool value) { return Napi::Boolean::New(env, value); }

// JavaScript thread. What it throws is what making the value threw.
Napi::Object OutcomeToJs(Napi::Env env, Outcome outcome);

// Runs `body`, which gives an Outcome; or nothing, and then the outcome is S_OK. An exception
// becomes the outcome that says the same.
template <typename Body>
Outcome OutcomeOf(const char* operation, Body&& body) noexcept {
  try {
    if constexpr (std::is_void_v<decltype(body())>) {
      body();
      return Outcome::Here(S_OK, operation);
    } else {
      return body();
    }
  } catch (const WindowsFailure& failure) {
    Outcome outcome = Outcome::Here(failure.Result(), failure.Operation());
    outcome.kind = failure.Kind();
    return outcome;
  } catch (const std::bad_alloc&) {
    return Outcome::Here(E_OUTOFMEMORY, operation);
  } catch (const std::exception&) {
    return Outcome::Here(E_UNEXPECTED, operation);
  }
}

}  // namespace async_com
