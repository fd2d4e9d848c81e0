#include "value/date.h"

#include <cmath>

namespace async_com {

namespace {

constexpr double kEpochInDays = 25569.0;
constexpr double kMillisecondsADay = 86400000.0;
// The range of VT_DATE: the years 100 to 9999.
constexpr double kFirstDay = -657434.0;
constexpr double kDayAfterLast = 2958466.0;

}  // namespace

// Only the division rounds, so that the same instant has the same bits from any client that does
// the same, such as .NET.
double DateFromMilliseconds(double milliseconds) noexcept {
  const double since = milliseconds + kEpochInDays * kMillisecondsADay;
  const double of_day = std::fmod(since, kMillisecondsADay);
  const double whole = since - of_day;
  return of_day >= 0
             ? since / kMillisecondsADay
             : (whole - kMillisecondsADay - (kMillisecondsADay + of_day)) / kMillisecondsADay;
}

double MillisecondsFromDate(double date) noexcept {
  const double whole = std::trunc(date);
  const double days = whole + std::fabs(date - whole);
  return std::round((days - kEpochInDays) * kMillisecondsADay);
}

bool IsInRangeOfDate(double date) noexcept { return date > kFirstDay - 1 && date < kDayAfterLast; }

}  // namespace async_com
