# Node_Api: the headers and imports of Node-API, delay-loaded so that a renamed host works.
#
# cmake-js says where the headers are (CMAKE_JS_INC). For MSVC it also brings the import library
# (CMAKE_JS_LIB, made here from CMAKE_JS_NODELIB_DEF) and the delay-load hook (CMAKE_JS_SRC). With
# mingw-w64 dlltool makes the delay-load imports, and the hook is ours.
add_library(node_api INTERFACE)
# The package has node-addon-api in vendor/. A clone has it among its packages, where cmake-js finds it.
target_include_directories(node_api SYSTEM INTERFACE
  ${CMAKE_JS_INC} ${CMAKE_SOURCE_DIR}/vendor/node-addon-api)
target_compile_definitions(node_api INTERFACE NAPI_VERSION=9 NODE_ADDON_API_CPP_EXCEPTIONS
  NODE_ADDON_API_CPP_EXCEPTIONS_ALL NODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS)

if(MSVC)
  if(CMAKE_JS_NODELIB_DEF AND CMAKE_JS_NODELIB_TARGET)
    execute_process(
      COMMAND ${CMAKE_AR} /def:${CMAKE_JS_NODELIB_DEF} /out:${CMAKE_JS_NODELIB_TARGET}
        ${CMAKE_STATIC_LINKER_FLAGS}
      COMMAND_ERROR_IS_FATAL ANY)
  endif()
  target_link_libraries(node_api INTERFACE ${CMAKE_JS_LIB} delayimp)
  target_link_options(node_api INTERFACE /DELAYLOAD:NODE.EXE)
  set(NODE_API_HOOK ${CMAKE_JS_SRC})
  set_source_files_properties(${CMAKE_JS_SRC} PROPERTIES
    COMPILE_OPTIONS /WX-
    SKIP_PRECOMPILE_HEADERS ON)
else()
  find_file(node_api_def node_api.def
    PATHS ${CMAKE_JS_INC} PATH_SUFFIXES ../def REQUIRED NO_DEFAULT_PATH NO_CMAKE_FIND_ROOT_PATH)
  set(node_api_imports ${CMAKE_BINARY_DIR}/libnode_api.a)
  execute_process(
    COMMAND ${CMAKE_DLLTOOL} --input-def ${node_api_def} --output-delaylib ${node_api_imports}
    WORKING_DIRECTORY ${CMAKE_BINARY_DIR}
    COMMAND_ERROR_IS_FATAL ANY)
  target_link_libraries(node_api INTERFACE ${node_api_imports})
  set(NODE_API_HOOK native/node/delay_load_hook.cpp)
endif()
