# The addon, and the test addon.
#
# The product's sources are compiled once, for the released addon and for the test addon.
add_library(async_com_core OBJECT ${ASYNC_COM_CORE} ${ASYNC_COM_PROXY_STUB})
target_include_directories(async_com_core PUBLIC native native/idl/generated)
target_link_libraries(async_com_core PUBLIC async_com_options)
# For a quicker build only: every source includes what it uses. Two, so that a source that is not
# Node's does not compile when it uses Node-API.
target_precompile_headers(async_com_core PRIVATE
  $<$<COMPILE_LANGUAGE:CXX>:${CMAKE_CURRENT_SOURCE_DIR}/native/precompiled_windows.h>)
add_library(async_com_node OBJECT ${ASYNC_COM_NODE})
target_link_libraries(async_com_node PUBLIC async_com_core node_api)
target_precompile_headers(async_com_node PRIVATE native/node/precompiled_node.h)
compile_with_debug_symbols(async_com_core)
compile_with_debug_symbols(async_com_node)

# An addon: the product, its entry point, and what more it has.
function(add_addon target)
  add_library(${target} MODULE ${ARGN} ${NODE_API_HOOK}
    $<TARGET_OBJECTS:async_com_core> $<TARGET_OBJECTS:async_com_node>)
  set_target_properties(${target} PROPERTIES PREFIX "" OUTPUT_NAME async_com SUFFIX ".node")
  target_include_directories(${target} PRIVATE native native/idl/generated)
  target_link_libraries(${target} PRIVATE node_api async_com_options)
  keep_debug_symbols_aside(${target})
endfunction()
add_addon(async_com native/node/module.cpp)
if(EXISTS ${CMAKE_SOURCE_DIR}/native/testing)
  add_addon(async_com_test ${ASYNC_COM_TESTING})
  target_precompile_headers(async_com_test REUSE_FROM async_com_node)
  set_target_properties(async_com_test PROPERTIES LIBRARY_OUTPUT_DIRECTORY "${tests_output}")
endif()
