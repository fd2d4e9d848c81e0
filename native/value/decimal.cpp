#include "value/decimal.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <system_error>

namespace async_com {

namespace {

// VT_CY counts ten-thousandths.
constexpr int kCurrencyScale = 4;
constexpr int kMostDecimalScale = 28;
// 2^96 - 1 has 29 digits.
constexpr std::size_t kMostDecimalDigits = 29;
constexpr int kMostExponent = 10'000;

// A number of decimal digits: `digits` without leading zeros, divided by 10 to the power `scale`.
struct Digits {
  bool negative = false;
  std::string digits;
  int scale = 0;

  void DropZero() {
    digits.pop_back();
    --scale;
  }
  bool EndsWithDecimalZero() const { return scale > 0 && digits.ends_with('0'); }
};

bool TakeSign(std::string_view& text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) {
    text.remove_prefix(1);
  }
  return negative;
}

std::string_view TakeDigits(std::string_view& text) {
  const auto taken = text.substr(0, text.find_first_not_of("0123456789"));
  text.remove_prefix(taken.size());
  return taken;
}

// Reads what follows the digits: nothing, or "e-7".
std::optional<int> TakeExponent(std::string_view& text) {
  if (!text.starts_with('e') && !text.starts_with('E')) {
    return 0;
  }
  text.remove_prefix(1);
  const bool negative = TakeSign(text);
  const std::string_view digits = TakeDigits(text);
  int exponent = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), exponent, 10);
  if (digits.empty() || error != std::errc() || exponent > kMostExponent) {
    return std::nullopt;
  }
  return negative ? -exponent : exponent;
}

std::optional<Digits> DigitsOf(std::string_view text) {
  Digits number;
  number.negative = TakeSign(text);
  const std::string_view whole = TakeDigits(text);
  std::string_view decimals;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    decimals = TakeDigits(text);
  }
  const std::optional<int> exponent = TakeExponent(text);
  constexpr std::size_t kMostDigits = 1'000'000;
  if (!exponent || !text.empty() || (whole.empty() && decimals.empty()) ||
      decimals.size() > kMostDigits) {
    return std::nullopt;
  }
  number.digits.append(whole).append(decimals);
  number.digits.erase(0, number.digits.find_first_not_of('0'));
  number.scale = static_cast<int>(decimals.size()) - *exponent;
  if (number.digits.empty()) {
    number.negative = false;
    number.scale = std::max(number.scale, 0);
  }
  return number;
}

// Leaves a scale from 0 to `most`. The digits get at most as many zeros as the type has digits.
DecimalReading FitScale(Digits& number, int most) {
  if (number.digits.empty()) {
    number.scale = std::min(number.scale, most);
    return DecimalReading::kDone;
  }
  if (number.scale < -static_cast<int>(kMostDecimalDigits)) {
    return DecimalReading::kTooLarge;
  }
  while (number.scale < 0) {
    number.digits += '0';
    ++number.scale;
  }
  while (number.scale > most && number.digits.ends_with('0')) {
    number.DropZero();
  }
  return number.scale > most ? DecimalReading::kTooPrecise : DecimalReading::kDone;
}

using Mantissa = std::array<std::uint32_t, 3>;  // the low part first

// Returns false if the digits need more than 96 bits.
bool MantissaOf(std::string_view digits, Mantissa& mantissa) {
  mantissa = {};
  for (const char digit : digits) {
    std::uint64_t carry = static_cast<std::uint64_t>(digit - '0');
    for (std::uint32_t& part : mantissa) {
      carry += std::uint64_t{part} * 10;
      part = static_cast<std::uint32_t>(carry);
      carry >>= 32;
    }
    if (carry != 0) {
      return false;
    }
  }
  return true;
}

std::string TextOf(bool negative, std::string_view digits, std::size_t scale) {
  const bool zero = digits.find_first_not_of('0') == std::string::npos;
  std::string text(negative && !zero ? 1 : 0, '-');
  const std::size_t whole = digits.size() > scale ? digits.size() - scale : 0;
  text.append(whole == 0 ? std::string_view("0") : digits.substr(0, whole));
  if (scale > 0) {
    text.append(".").append(whole == 0 ? scale - digits.size() : 0, '0');
    text.append(digits.substr(whole));
  }
  return text;
}

}  // namespace

DecimalReading ReadDecimal(std::string_view text, DECIMAL& decimal) {
  std::optional<Digits> number = DigitsOf(text);
  if (!number) {
    return DecimalReading::kNoNumber;
  }
  const DecimalReading fitted = FitScale(*number, kMostDecimalScale);
  if (fitted != DecimalReading::kDone) {
    return fitted;
  }
  Mantissa mantissa{};
  while (!MantissaOf(number->digits, mantissa)) {
    if (!number->EndsWithDecimalZero()) {
      const auto whole = static_cast<int>(number->digits.size()) - number->scale;
      const bool fits = whole < static_cast<int>(kMostDecimalDigits);
      return fits ? DecimalReading::kTooPrecise : DecimalReading::kTooLarge;
    }
    number->DropZero();
  }
  decimal = {};
  decimal.scale = static_cast<BYTE>(number->scale);
  decimal.sign = number->negative ? DECIMAL_NEG : 0;
  decimal.Lo32 = mantissa[0];
  decimal.Mid32 = mantissa[1];
  decimal.Hi32 = mantissa[2];
  return DecimalReading::kDone;
}

DecimalReading ReadCurrency(std::string_view text, CY& currency) {
  std::optional<Digits> number = DigitsOf(text);
  if (!number) {
    return DecimalReading::kNoNumber;
  }
  const DecimalReading fitted = FitScale(*number, kCurrencyScale);
  if (fitted != DecimalReading::kDone) {
    return fitted;
  }
  number->digits.append(static_cast<std::size_t>(kCurrencyScale - number->scale), '0');
  const std::string text_of_units =
      std::string(number->negative ? 1 : 0, '-').append(number->digits);
  LONGLONG units = 0;
  const auto [end, error] =
      std::from_chars(text_of_units.data(), text_of_units.data() + text_of_units.size(), units, 10);
  if (error != std::errc()) {
    return DecimalReading::kTooLarge;
  }
  currency.int64 = units;
  return DecimalReading::kDone;
}

bool IsValid(const DECIMAL& decimal) noexcept {
  return decimal.scale <= kMostDecimalScale && (decimal.sign == 0 || decimal.sign == DECIMAL_NEG);
}

std::string TextOf(const DECIMAL& decimal) {
  Mantissa mantissa{decimal.Lo32, decimal.Mid32, decimal.Hi32};
  std::string digits;
  while (mantissa != Mantissa{}) {
    std::uint64_t rest = 0;
    for (std::size_t part = mantissa.size(); part-- > 0;) {
      rest = rest << 32 | mantissa[part];
      mantissa[part] = static_cast<std::uint32_t>(rest / 10);
      rest %= 10;
    }
    digits += static_cast<char>('0' + rest);
  }
  std::reverse(digits.begin(), digits.end());
  return TextOf(decimal.sign != 0, digits, decimal.scale);
}

std::string TextOf(CY currency) {
  const LONGLONG units = currency.int64;
  const auto magnitude =
      units < 0 ? 0 - static_cast<std::uint64_t>(units) : static_cast<std::uint64_t>(units);
  std::string text = TextOf(units < 0, std::to_string(magnitude), kCurrencyScale);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) {
    text.pop_back();
  }
  return text;
}

}  // namespace async_com
