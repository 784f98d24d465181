# SPDX-License-Identifier: Apache-2.0
target_sources(tl_ingest PRIVATE pdf/sniff_pdf.cpp pdf/sniff_pdf.h)
