# SPDX-License-Identifier: Apache-2.0
tl_add_fuzz(pdf_fuzz LIBS tl_formats)
tl_add_fuzz(image_fuzz LIBS tl_formats)
