#pragma once

#include <windows.h>

#include <oaidl.h>

#include <cstdint>
#include <map>
#include <string>

namespace interop {

// What a run of random calls has seen.
struct RandomCalls {
  long calls = 0;
  std::map<HRESULT, long> results;
};

enum class Reach {
  kOtherProcess,  // what a proxy can marshal
  kThisProcess,   // also what no proxy would take, such as references to nothing
};

// Makes random calls of an object and of the enumerators that it returns: GetIDsOfNames, Invoke,
// Next, Skip, Reset and Clone. The same seed makes the same calls. Throws std::runtime_error, which
// says the number of the call, if an answer breaks a rule of IDispatch:
//
// - A call that fails leaves the result empty, and has an EXCEPINFO only for DISP_E_EXCEPTION.
// - A reference keeps its type.
// - No call makes the server crash, and none returns E_UNEXPECTED.
RandomCalls MakeRandomCalls(IDispatch& object, std::uint64_t seed, long count, Reach reach);

// Returns the results in words: "00000000:120 80020003:7".
std::string WordsFrom(const RandomCalls& calls);

}  // namespace interop
