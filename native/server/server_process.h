#pragma once

#include <windows.h>

#include <mutex>

#include "com/lock.h"

namespace async_com {

// What keeps a process alive that COM has started: its objects, and the locks that clients have on
// its class objects. COM counts them too (CoAddRefServerProcess), and on Windows gives the process
// no new clients once none is left; Wine 8.0 goes on giving it some. So the process counts for
// itself, has a share of its own in COM's count for as long as it wants new clients, and says
// itself when it takes no more.
// https://learn.microsoft.com/windows/win32/api/combaseapi/nf-combaseapi-coaddrefserverprocess
class ServerProcess {
 public:
  static ServerProcess& OfProcess();

  // Before the first class object: new clients are welcome.
  void Open() noexcept;

  // A new object or lock. False, and not counted, once the process takes no more.
  bool Enter() noexcept;
  // True when this was the last.
  bool Leave() noexcept;

  // Where nothing is in use, and says so with true: new clients are no longer welcome. Any thread
  // of the multithreaded apartment. Those that COM has sent before may still come.
  bool SuspendIfUnused() noexcept;
  // Where nothing is in use, and says so with true: no more are taken.
  bool CloseIfUnused() noexcept;

 private:
  Lock mutex_;
  unsigned in_use_ = 0;
  bool open_ = false;
  bool welcoming_ = false;
};

}  // namespace async_com
