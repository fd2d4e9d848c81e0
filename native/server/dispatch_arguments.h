#pragma once

#include <windows.h>

#include <oaidl.h>

#include <cstddef>
#include <vector>

#include "server/object_class.h"
#include "value/variant.h"

namespace async_com {

// The arguments of one IDispatch::Invoke, in the order of the parameters.
class DispatchArguments {
 public:
  // Reads the arguments for a member. Returns what Invoke returns if they are wrong; `wrong` is
  // then the argument as the client counts them, where there is one. What is missing is not missed
  // here.
  HRESULT Read(const DISPPARAMS& parameters, const Member& member, Access access, UINT& wrong);

  // Copies of the arguments. What a reference refers to is copied. An argument that is left out is
  // empty.
  SAFEARRAY* Values() const noexcept { return values_.Get(); }
  // Which of them the client passed by reference.
  std::vector<bool> ByReference() const;
  // The argument as the client counts them: from the last.
  UINT PlaceOf(std::size_t argument) const noexcept;

  // Converts what was assigned to an argument to the client's type. Does nothing if the argument
  // was not passed by reference.
  HRESULT Prepare(std::size_t argument, Variant assigned, LCID locale);
  // Gives the client what was prepared. So the client gets everything that was assigned, or
  // nothing.
  HRESULT Assign() noexcept;

 private:
  struct Argument {
    VARIANT* given = nullptr;  // null if it was left out
    UINT place = 0;
  };

  struct Assignment {
    VARIANT* reference = nullptr;
    Variant value;
  };

  HRESULT Order(const DISPPARAMS& parameters, const Member& member, Access access, UINT& wrong);

  std::vector<Argument> arguments_;
  std::vector<Assignment> assignments_;
  SafeArray values_;
};

}  // namespace async_com
