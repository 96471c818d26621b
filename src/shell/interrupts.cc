#include "shell/interrupts.h"

#include <signal.h>
#include <unistd.h>

#include <atomic>

namespace stator {
namespace {

constexpr int kExitInterrupted = 128 + SIGINT;

std::atomic<bool> is_interrupted = false;
static_assert(std::atomic<bool>::is_always_lock_free);

extern "C" void note_interrupt(int) {
  if (is_interrupted.exchange(true)) _exit(kExitInterrupted);
}

void mask_interrupt(int how) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(how, &signals, nullptr);
}

}  // namespace

void catch_interrupts() {
  struct sigaction action {};
  action.sa_handler = note_interrupt;  // without SA_RESTART: reads end
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, nullptr);
}

bool take_interrupt() {
  return is_interrupted.exchange(false);
}

InterruptBlock::InterruptBlock() {
  mask_interrupt(SIG_BLOCK);
}

InterruptBlock::~InterruptBlock() {
  mask_interrupt(SIG_UNBLOCK);
}

}  // namespace stator
