// SPDX-License-Identifier: Apache-2.0
#pragma once

// Elementary functions and the f32 register tile, on the names of simd_<isa>.h.

// e^x to 3 ulp for x in [-87, 87]. Cody-Waite reduction to |r| <= ln(2)/2, then the polynomial of
// degree 6 that is 1 at 0 and has the least relative error otherwise, 3e-9 (Remez).
TL_SIMD F32 exp(F32 x) {
    const F32 n = roundNearest(mul(x, broadcast(1.44269504088896341f)));
    F32 r = fma(n, broadcast(-0.693359375f), x);
    r = fma(n, broadcast(2.12194440e-4f), r);
    F32 p = broadcast(1.4061277e-3f);
    p = fma(p, r, broadcast(8.3790207e-3f));
    p = fma(p, r, broadcast(4.1664775e-2f));
    p = fma(p, r, broadcast(1.6666365e-1f));
    p = fma(p, r, broadcast(5.0000006e-1f));
    p = fma(p, r, broadcast(1.0f));
    p = fma(p, r, broadcast(1.0f));
    return mul(p, exp2Whole(n));
}

// e^x for x <= 0, and 0 below -60: a weight or decay that small is lost beside 1, and what it is
// multiplied with must not become subnormal, which costs a hundred cycles each time.
TL_SIMD F32 expNegative(F32 x) {
    const F32 least = broadcast(-60.0f);
    return selectLess(x, least, zeroF32(), exp(max(x, least)));
}

// x * sigmoid(x); beyond 87 the sigmoid of 87.
TL_SIMD F32 silu(F32 x) {
    const F32 within = max(min(x, broadcast(87.0f)), broadcast(-87.0f));
    const F32 e = exp(sub(zeroF32(), within));
    return mul(x, reciprocal(add(broadcast(1.0f), e)));
}

// acc[r][v] += sum over k < depth of a[r * aRow + k * aStep] * b[k * bStep + 16 v ...].
// Every f32 product of the CPU backend is this loop.
template <int R, int V>
TL_SIMD void tileMultiply(F32 (&acc)[R][V],
                          const float* a,
                          int64_t aRow,
                          int64_t aStep,
                          const float* b,
                          int64_t bStep,
                          int64_t depth) {
    for (int64_t k = 0; k < depth; ++k) {
        F32 column[V];
#pragma GCC unroll 8
        for (int v = 0; v < V; ++v) {
            column[v] = load(b + k * bStep + 16 * v);
        }
#pragma GCC unroll 8
        for (int r = 0; r < R; ++r) {
            const F32 x = broadcast(a[r * aRow + k * aStep]);
#pragma GCC unroll 8
            for (int v = 0; v < V; ++v) {
                acc[r][v] = fma(x, column[v], acc[r][v]);
            }
        }
    }
}

// Calls fn.template operator()<R>(row) for tiles of kMax rows, then one of the rest.
template <int kMax, typename Fn>
TL_SIMD void forRowTiles(int64_t rows, Fn fn) {
    int64_t row = 0;
    for (; row + kMax <= rows; row += kMax) {
        fn.template operator()<kMax>(row);
    }
    const int64_t rest = rows - row;
    if constexpr (kMax > 1) {
        if (rest == 1)
            fn.template operator()<1>(row);
    }
    if constexpr (kMax > 2) {
        if (rest == 2)
            fn.template operator()<2>(row);
    }
    if constexpr (kMax > 3) {
        if (rest == 3)
            fn.template operator()<3>(row);
    }
    if constexpr (kMax > 4) {
        if (rest == 4)
            fn.template operator()<4>(row);
    }
    if constexpr (kMax > 5) {
        if (rest == 5)
            fn.template operator()<5>(row);
    }
}

// Calls fn.template operator()<V>(column) over `columns`, a multiple of 16.
template <typename Fn>
TL_SIMD void forColumnTiles(int64_t columns, Fn fn) {
    int64_t c = 0;
    for (; c + 16 * kTileVecs <= columns; c += 16 * kTileVecs) {
        fn.template operator()<kTileVecs>(c);
    }
    for (; c < columns; c += 16) {
        fn.template operator()<1>(c);
    }
}
