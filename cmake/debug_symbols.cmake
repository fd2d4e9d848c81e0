# Has a target's sources compiled with debug symbols: enough for a stack with lines.
function(compile_with_debug_symbols target)
  target_compile_options(${target} PRIVATE $<IF:$<BOOL:${MSVC}>,/Z7,-g1>)
endfunction()

# Keeps a target's debug symbols beside it: a .pdb (MSVC), or NAME.node.debug that gdb finds by
# itself.
function(keep_debug_symbols_aside target)
  compile_with_debug_symbols(${target})
  if(MSVC)
    target_link_options(${target} PRIVATE /DEBUG:FULL /OPT:REF /OPT:ICF)
    return()
  endif()
  set(symbols $<TARGET_FILE:${target}>.debug)
  add_custom_command(
    TARGET ${target}
    POST_BUILD
    COMMAND ${CMAKE_OBJCOPY} --only-keep-debug $<TARGET_FILE:${target}> ${symbols}
    COMMAND ${CMAKE_OBJCOPY} --strip-unneeded --add-gnu-debuglink=${symbols}
      $<TARGET_FILE:${target}>
    VERBATIM)
endfunction()
