#pragma once

#include <windows.h>

#include <oaidl.h>

#include <atomic>
#include <cstddef>
#include <memory>
#include <vector>

#include "com/object.h"
#include "value/variant.h"

namespace async_com {

// Enumerates a list of values that never changes. Any thread may use it.
class EnumVariant final : public ComObject<IEnumVARIANT> {
 public:
  using Values = std::shared_ptr<const std::vector<Variant>>;

  explicit EnumVariant(Values values, std::size_t next = 0) noexcept;

  HRESULT STDMETHODCALLTYPE Next(ULONG count, VARIANT* values, ULONG* fetched) noexcept override;
  HRESULT STDMETHODCALLTYPE Skip(ULONG count) noexcept override;
  HRESULT STDMETHODCALLTYPE Reset() noexcept override;
  HRESULT STDMETHODCALLTYPE Clone(IEnumVARIANT** clone) noexcept override;

 private:
  // Takes at most `count` values from the list. Returns the first one's place, and their number.
  std::size_t Take(ULONG count, ULONG& taken) noexcept;

  const Values values_;
  std::atomic<std::size_t> next_;
};

}  // namespace async_com
