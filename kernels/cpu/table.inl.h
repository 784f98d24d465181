// SPDX-License-Identifier: Apache-2.0
#pragma once

// Everything of one instruction set: included by table_<isa>.cpp after its simd_<isa>.h.

#include "kernels/cpu/kv_pages.inl.h"
#include "kernels/cpu/math.inl.h"
// These two first: the others use them.
#include "kernels/cpu/attention.inl.h"
#include "kernels/cpu/product.inl.h"
#include "kernels/cpu/quantize.inl.h"
#include "kernels/cpu/rope.inl.h"
#include "kernels/cpu/ssd.inl.h"

constexpr KernelTable kTable = {
    .name = TL_TABLE_NAME,
    .quantizeRow = quantizeRow,
    .normRow = normRow,
    .gatedNormRow = gatedNormRow,
    .ropeRow = ropeRow,
    .addBiasRow = addBiasRow,
    .addScaledRow = addScaledRow,
    .widenNibbles = widenNibbles,
    .decodeBytes = decodeBytes,
    .decodeFloats = decodeFloats,
    .int8Product = int8Product,
    .int8Vector = int8Vector,
    .f32Product = f32Product,
    .convRows = convRows,
    .ssdDecay = ssdDecay,
    .ssdScores = ssdScores,
    .ssdChunkState = ssdChunkState,
    .ssdChunkOutput = ssdChunkOutput,
    .ssdPass = ssdPass,
    .ssmStep = ssmStep,
    .kvAppendRow = kvAppendRow,
    .attend = attend,
    .attendScores = attendScores,
};
