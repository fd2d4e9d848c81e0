#pragma once

#include <windows.h>

#include <oaidl.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace async_com {

// The names of a server's methods, and the DISPIDs by which late-bound clients call them: 1 for the
// first method, 2 for the second. Never changes, so any thread may use it.
class MemberNames {
 public:
  MemberNames() = default;
  explicit MemberNames(std::vector<std::wstring> names) noexcept : names_(std::move(names)) {}

  // Upper and lower case are the same, as IDispatch demands. If two names differ only in that, the
  // one that is spelled as `name` is preferred. Returns DISPID_UNKNOWN if there is none.
  DISPID Find(std::wstring_view name) const noexcept;
  // Returns null if no method has the DISPID.
  const std::wstring* NameOf(DISPID id) const noexcept;

 private:
  std::vector<std::wstring> names_;
};

}  // namespace async_com
