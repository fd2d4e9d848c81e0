#pragma once

#include <windows.h>

#include <mutex>

#include "com/lock.h"

namespace async_com {

// What keeps a process alive that COM has started: its objects, and the locks that clients have on
// its class objects. COM counts them too (CoAddRefServerProcess), and on Windows gives the process
// no new clients once none is left; Wine 8.0 goes on giving it some. So the process counts for
// itself, and says itself when it takes no more.
// https://learn.microsoft.com/windows/win32/api/combaseapi/nf-combaseapi-coaddrefserverprocess
class ServerProcess {
 public:
  static ServerProcess& OfProcess();

  // Before the first class object. Until the first client has come, or EndGrace, the process counts
  // as used.
  void Open() noexcept;

  // A new object or lock. False, and not counted, once the process takes no more.
  bool Enter() noexcept;
  // True when this was the last.
  bool Leave() noexcept;
  // True when nobody has come, and nothing else is left.
  bool EndGrace() noexcept;
  // Takes no more from now on, and says so with true; false where something is in use.
  bool CloseIfUnused() noexcept;

 private:
  Lock mutex_;
  unsigned count_ = 0;
  bool open_ = false;
  bool grace_ = false;
};

}  // namespace async_com
