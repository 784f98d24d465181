# SPDX-License-Identifier: Apache-2.0
tl_add_test(base/ascii_test LIBS tl_base)
tl_add_test(base/utf8_test LIBS tl_base)
