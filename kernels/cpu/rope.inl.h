// SPDX-License-Identifier: Apache-2.0
#pragma once

// Rotary positions, and what is added to rows. An angle is counted in whole turns: what is left of
// it after the whole ones is found in double precision, so that the millionth position is as exact
// as the first, and one odd polynomial gives sine and cosine of the rest.

// sin(2 pi z) for |z| <= 1/4: Taylor's polynomial of degree 13, whose next term is below 7e-10.
TL_SIMD F32 sineOfQuarter(F32 z) {
    const F32 square = mul(z, z);
    F32 p = broadcast(3.81995258f);
    p = fma(p, square, broadcast(-15.0946426f));
    p = fma(p, square, broadcast(42.0586939f));
    p = fma(p, square, broadcast(-76.7058598f));
    p = fma(p, square, broadcast(81.6052493f));
    p = fma(p, square, broadcast(-41.3417022f));
    p = fma(p, square, broadcast(6.28318531f));
    return mul(p, z);
}

// Turns in [-1/2, 1/2] of pair i at 2 i + 1, and their negative, for the sine's sign, at 2 i.
void ropeTurns(const RopeArgs& a, int64_t token, float* turns) {
    const auto position = static_cast<double>(a.position + token);
    const int64_t pairs = a.dims / 2;
    for (int64_t i = 0; i < pairs; ++i) {
        const double high = static_cast<double>(a.turns[i]);
        const double all = position * (high + static_cast<double>(a.turns[pairs + i]));
        const double rest = all - static_cast<double>(static_cast<int64_t>(all));
        const auto within = static_cast<float>(rest > 0.5 ? rest - 1 : rest);
        turns[2 * i] = -within;
        turns[2 * i + 1] = within;
    }
}

void ropeRow(const RopeArgs& a, int64_t token) {
    float sine[kMaxRopeDims];
    float cosine[kMaxRopeDims];
    ropeTurns(a, token, sine);
    for (int64_t i = 0; i < a.dims; i += 16) {
        const F32 x = load(sine + i);
        const F32 half = broadcast(0.5f);
        // sin(2 pi x) = sin(2 pi (1/2 - x)), and the same on the other side of 0.
        const F32 folded = max(min(x, sub(half, x)), sub(sub(zeroF32(), half), x));
        store(cosine + i, sineOfQuarter(sub(broadcast(0.25f), abs(x))));
        store(sine + i, sineOfQuarter(folded));
    }
    for (int64_t head = 0; head < a.heads; ++head) {
        float* values = a.x + token * a.stride + head * a.headDim;
        for (int64_t i = 0; i < a.dims; i += 16) {
            const F32 x = load(values + i);
            const F32 across = mul(swapPairs(x), load(sine + i));
            store(values + i, fma(x, load(cosine + i), across));
        }
    }
}

void addBiasRow(float* row, const float* bias, int64_t size) {
    for (int64_t i = 0; i < size; i += 16) {
        store(row + i, add(load(row + i), load(bias + i)));
    }
}

void addScaledRow(float* row, const float* in, float scale, int64_t size) {
    for (int64_t i = 0; i < size; i += 16) {
        store(row + i, fma(broadcast(scale), load(in + i), load(row + i)));
    }
}
