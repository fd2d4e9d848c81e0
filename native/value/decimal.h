#pragma once

#include <windows.h>

#include <oleauto.h>

#include <string>
#include <string_view>

namespace async_com {

// How the reading of a decimal number ended.
enum class DecimalReading {
  kDone,
  kNoNumber,    // the text is no decimal number
  kTooPrecise,  // the type has fewer decimals
  kTooLarge,
};

// These read a decimal number, such as "-12.50" or "1e-7". Nothing is rounded. A DECIMAL keeps the
// number of decimals, as far as it has room for them.
DecimalReading ReadDecimal(std::string_view text, DECIMAL& decimal);
DecimalReading ReadCurrency(std::string_view text, CY& currency);

// A DECIMAL from elsewhere may have a sign or a scale that no number has.
bool IsValid(const DECIMAL& decimal) noexcept;

// These write the exact number in decimal digits, without an exponent. A DECIMAL has the decimals
// that it is stored with, and a currency has no zeros at its end. The DECIMAL must be valid.
std::string TextOf(const DECIMAL& decimal);
std::string TextOf(CY currency);

}  // namespace async_com
