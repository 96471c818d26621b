if(STATOR_SANITIZE)
  add_compile_options(-fsanitize=${STATOR_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${STATOR_SANITIZE})
endif()
