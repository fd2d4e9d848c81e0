#include "automation/enum_variant.h"

#include <algorithm>
#include <utility>

#include "com/entry.h"

namespace async_com {

EnumVariant::EnumVariant(Values values, std::size_t next) noexcept
    : values_(std::move(values)), next_(next) {}

HRESULT EnumVariant::Next(ULONG count, VARIANT* values, ULONG* fetched) noexcept {
  if (fetched != nullptr) {
    *fetched = 0;
  }
  if (values == nullptr) {
    return E_POINTER;
  }
  ULONG taken = 0;
  const std::size_t first = Take(count, taken);
  for (ULONG index = 0; index < taken; ++index) {
    VariantInit(&values[index]);
    // Some headers declare the source without const.
    auto* const source = const_cast<VARIANT*>(&(*values_)[first + index].Get());
    const HRESULT copied = VariantCopy(&values[index], source);
    if (FAILED(copied)) {
      for (ULONG made = 0; made < index; ++made) {
        VariantClear(&values[made]);
      }
      return copied;
    }
  }
  if (fetched != nullptr) {
    *fetched = taken;
  }
  return taken == count ? S_OK : S_FALSE;
}

HRESULT EnumVariant::Skip(ULONG count) noexcept {
  ULONG taken = 0;
  Take(count, taken);
  return taken == count ? S_OK : S_FALSE;
}

HRESULT EnumVariant::Reset() noexcept {
  next_ = 0;
  return S_OK;
}

HRESULT EnumVariant::Clone(IEnumVARIANT** clone) noexcept {
  if (clone == nullptr) {
    return E_POINTER;
  }
  *clone = nullptr;
  return Guarded([&] {
    *clone = MakeCom<EnumVariant>(values_, next_).Detach();
    return S_OK;
  });
}

std::size_t EnumVariant::Take(ULONG count, ULONG& taken) noexcept {
  std::size_t first = next_.load();
  do {
    taken = static_cast<ULONG>(std::min(std::size_t{count}, values_->size() - first));
  } while (!next_.compare_exchange_weak(first, first + taken));
  return first;
}

}  // namespace async_com
