#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace async_com {

// What the double has done and seen since the process started.
struct Observed {
  std::uint32_t asynchronous = 0;  // calls for which it made a call object
  std::uint32_t synchronous = 0;   // calls that it made synchronously
  std::uint32_t failed_begins = 0;
  std::uint32_t finishes = 0;
  std::uint32_t signals = 0;
  std::uint32_t signals_in_begin = 0;      // those that came on Begin_'s thread, while Begin_ ran
  std::uint32_t resets = 0;                // those inside Begin_
  std::uint32_t controlling_unknowns = 0;  // how many exist now
  // What the server did wrong, in words.
  std::vector<std::string> complaints;
};

Observed ObservedByDouble();

// Adds to one of the numbers.
void Count(std::uint32_t Observed::*number, int change = 1) noexcept;
void Complain(std::string what) noexcept;

}  // namespace async_com
