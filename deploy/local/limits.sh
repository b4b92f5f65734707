# shellcheck shell=bash
# How long is waited for something before it is called hung. None of these judges speed: each is ten times the longest that
# was seen on two cores with thirty others at work, or what is left to it by a longer one that it is part of. The tests' own
# are in tests/Testing/HangLimit.cs.

readonly HEALTH_TIMEOUT_S=900       # of a host that was started
readonly STOP_TIMEOUT_S=300         # of a host or a server that was asked to stop
readonly SERVER_READY_TIMEOUT_S=600 # of PostgreSQL, which may have a log to recover from
readonly CHAIN_TIMEOUT_S=300        # of the local chain
readonly NPM_TIMEOUT_S=600          # of the installation of its packages
readonly HEALTH_ANSWER_TIMEOUT_S=30 # of one answer to "are you ready?"
readonly TEST_HANG_TIMEOUT=60m      # of one test: above all limits of HangLimit
readonly TESTS_TIMEOUT_S=4800       # of one project: below the ninety minutes that a whole run has
