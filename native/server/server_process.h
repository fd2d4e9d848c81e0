#pragma once

#include <windows.h>

#include <mutex>

#include "com/lock.h"

namespace async_com {

// Counts what keeps a process alive that COM has started: its objects, and the locks that clients
// have on its class objects. COM counts them too (CoAddRefServerProcess). On Windows COM gives the
// process no new clients once its count is 0, but Wine 8.0 still gives it some. So the process has
// a count of its own. While it wants new clients, it adds one to COM's count. It decides itself
// when it takes no more.
// https://learn.microsoft.com/windows/win32/api/combaseapi/nf-combaseapi-coaddrefserverprocess
class ServerProcess {
 public:
  static ServerProcess& OfProcess();

  // Called before the first class object is registered. From now on new clients are welcome.
  void Open() noexcept;

  // Counts a new object or lock. Returns false, and counts nothing, if the process takes no more.
  bool Enter() noexcept;
  // Removes an object or lock from the count. Returns true if this was the last.
  bool Leave() noexcept;

  // If nothing is in use, tells COM that new clients are no longer welcome, and returns true. Any
  // thread of the multithreaded apartment may call it. Clients that COM has sent before may still
  // come.
  bool SuspendIfUnused() noexcept;
  // If nothing is in use, takes no more objects and locks from now on, and returns true.
  bool CloseIfUnused() noexcept;

 private:
  Lock mutex_;
  unsigned in_use_ = 0;
  bool open_ = false;
  bool welcoming_ = false;
};

}  // namespace async_com
