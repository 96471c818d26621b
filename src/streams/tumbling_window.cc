#include "streams/tumbling_window.h"

#include <utility>

#include "streams/mapping_settings.h"

namespace stator {

void TumblingWindow::set_state(std::string state) {
  open_->state = std::move(state);
  open_->ends_early = open_->state.size() > kWindowStateBytesMax;
}

void TumblingWindow::close() {
  earliest_ = open_->ends_early ? open_->start : end();
  open_.reset();
}

}  // namespace stator
