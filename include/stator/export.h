// What the libraries show: all else is compiled with hidden visibility.
#pragma once

#define STATOR_API __attribute__((visibility("default")))
