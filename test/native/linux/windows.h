// A double of the few types, codes and functions of Windows that the gate, the ledger and their
// tests use. Its locks are those of POSIX threads. With it they build on Linux, where the
// sanitizers of GCC can watch them.
#pragma once

#include <pthread.h>
#include <sched.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <ctime>

using DWORD = std::uint32_t;
using BOOL = int;
using HANDLE = void*;
using ULONGLONG = std::uint64_t;

constexpr DWORD INFINITE = 0xffffffff;

using HRESULT = std::int32_t;

constexpr HRESULT S_OK = 0;
constexpr HRESULT E_INVALIDARG = static_cast<HRESULT>(0x80070057);
constexpr HRESULT CO_E_SERVER_STOPPING = static_cast<HRESULT>(0x80080008);
constexpr HRESULT RPC_E_CALL_CANCELED = static_cast<HRESULT>(0x80010002);
constexpr HRESULT RPC_E_SERVERCALL_RETRYLATER = static_cast<HRESULT>(0x8001010a);

struct GUID {
  std::uint32_t Data1;
  std::uint16_t Data2;
  std::uint16_t Data3;
  std::uint8_t Data4[8];
};
inline bool operator==(const GUID& one, const GUID& other) {
  return std::memcmp(&one, &other, sizeof(GUID)) == 0;
}

struct FILETIME {
  DWORD dwLowDateTime;
  DWORD dwHighDateTime;
};

struct SRWLOCK {
  pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
};
struct CONDITION_VARIABLE {
  pthread_cond_t condition = PTHREAD_COND_INITIALIZER;
};

#define SRWLOCK_INIT \
  {}
#define CONDITION_VARIABLE_INIT \
  {}

inline void AcquireSRWLockExclusive(SRWLOCK* lock) { pthread_mutex_lock(&lock->mutex); }
inline void ReleaseSRWLockExclusive(SRWLOCK* lock) { pthread_mutex_unlock(&lock->mutex); }
inline void WakeConditionVariable(CONDITION_VARIABLE* one) { pthread_cond_signal(&one->condition); }
inline void WakeAllConditionVariable(CONDITION_VARIABLE* one) {
  pthread_cond_broadcast(&one->condition);
}

inline BOOL SleepConditionVariableSRW(CONDITION_VARIABLE* one, SRWLOCK* lock, DWORD milliseconds,
                                      DWORD) {
  if (milliseconds == INFINITE) {
    return pthread_cond_wait(&one->condition, &lock->mutex) == 0;
  }
  timespec until{};
  clock_gettime(CLOCK_REALTIME, &until);
  const std::uint64_t nanoseconds =
      static_cast<std::uint64_t>(until.tv_nsec) + std::uint64_t{milliseconds} * 1'000'000;
  until.tv_sec += static_cast<time_t>(nanoseconds / 1'000'000'000);
  until.tv_nsec = static_cast<long>(nanoseconds % 1'000'000'000);
  return pthread_cond_timedwait(&one->condition, &lock->mutex, &until) != ETIMEDOUT;
}

inline ULONGLONG GetTickCount64() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<ULONGLONG>(now.tv_sec) * 1000 +
         static_cast<ULONGLONG>(now.tv_nsec) / 1'000'000;
}

inline void GetSystemTimeAsFileTime(FILETIME* time) {
  constexpr std::uint64_t kSecondsFrom1601To1970 = 11'644'473'600;
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  const std::uint64_t units =
      (static_cast<std::uint64_t>(now.tv_sec) + kSecondsFrom1601To1970) * 10'000'000 +
      static_cast<std::uint64_t>(now.tv_nsec) / 100;
  time->dwLowDateTime = static_cast<DWORD>(units);
  time->dwHighDateTime = static_cast<DWORD>(units >> 32);
}

inline void Sleep(DWORD milliseconds) { usleep(milliseconds * 1000); }
inline BOOL SwitchToThread() { return sched_yield() == 0; }
inline HANDLE GetCurrentProcess() { return nullptr; }
[[noreturn]] inline void TerminateProcess(HANDLE, DWORD code) { _exit(static_cast<int>(code)); }
// Does not wait for the thread that watches the rounds. A sanitizer has reported by then.
[[noreturn]] inline void ExitProcess(DWORD code) { _exit(static_cast<int>(code)); }
