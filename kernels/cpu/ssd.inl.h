// SPDX-License-Identifier: Apache-2.0
#pragma once

// Causal convolution and the state-space dual scan of Mamba-2 (Dao and Gu 2024, sections 6 and 7).
//
// With s_i the running sum of dt A inside a chunk, the chunk's outputs are
//   y_i = sum over j <= i of (C_i . B_j) e^{s_i - s_j} dt_j x_j  +  e^{s_i} h^T C_i  +  D x_i
// and its state is e^{s_end} h + sum over j of e^{s_end - s_j} dt_j B_j x_j^T: three products of
// matrices. e^{s_i} and e^{-s_j} are never formed apart, since the latter overflows.

TL_SIMD F32 convVector(const ConvArgs& a, int64_t t, int64_t c) {
    F32 sum = load(a.bias + c);
    for (int64_t k = 0; k < a.taps; ++k) {
        const int64_t from = t + k - (a.taps - 1);
        const float* row =
            from >= 0 ? a.in + from * a.inStride : a.state + (from + a.taps - 1) * a.channels;
        sum = fma(load(a.weight + k * a.channels + c), load(row + c), sum);
    }
    return silu(sum);
}

// Four taps, all of them in `in`. A row at a time, since rows lie apart by more than a page.
TL_SIMD void conv4Row(const ConvArgs& a, int64_t t) {
    const float* in = a.in + t * a.inStride;
    float* out = a.out + t * a.channels;
    const float* weight[4];
    const float* row[4];
#pragma GCC unroll 4
    for (int k = 0; k < 4; ++k) {
        weight[k] = a.weight + k * a.channels;
        row[k] = in + (k - 3) * a.inStride;
    }
    for (int64_t c = 0; c < a.channels; c += 16) {
        F32 sum = load(a.bias + c);
#pragma GCC unroll 4
        for (int k = 0; k < 4; ++k) {
            sum = fma(load(weight[k] + c), load(row[k] + c), sum);
        }
        store(out + c, silu(sum));
    }
}

void convRows(const ConvArgs& a, int64_t begin, int64_t end) {
    const int64_t whole = a.taps == 4 ? (begin < 3 ? (end < 3 ? end : 3) : begin) : end;
    for (int64_t t = begin; t < whole; ++t) {
        for (int64_t c = 0; c < a.channels; c += 16) {
            store(a.out + t * a.channels + c, convVector(a, t, c));
        }
    }
    for (int64_t t = whole; t < end; ++t) {
        conv4Row(a, t);
    }
}

// log(1 + e^x); x itself above 20, as the reference does.
TL_SIMD float softplus(float x) {
    return x > 20.0f ? x : __builtin_log1pf(__builtin_expf(x));
}

void ssdDecay(const float* raw,
              int64_t stride,
              float bias,
              float A,
              int64_t tokens,
              float* dt,
              float* decay) {
    float sum = 0;
    for (int64_t t = 0; t < tokens; ++t) {
        dt[t] = softplus(raw[t * stride] + bias);
        sum += dt[t] * A;
        decay[t] = sum;
    }
}

void ssdScores(const float* B,
               const float* C,
               int64_t stride,
               int64_t tokens,
               int64_t stateDim,
               float* scratch,
               float* scores) {
    for (int64_t j = 0; j < kSsdChunk; j += 16) {
        for (int64_t n = 0; n < stateDim; n += 16) {
            transposeTile(
                B + j * stride + n, stride, tokens - j, scratch + n * kSsdChunk + j, kSsdChunk);
        }
    }
    forRowTiles<kTileRows>(tokens, [&]<int R>(int64_t row) {
        const int64_t columns = (row + R + 15) / 16 * 16;  // later ones are never looked at
        forColumnTiles(columns, [&]<int V>(int64_t c) {
            F32 acc[R][V];
            for (int r = 0; r < R; ++r) {
                for (int v = 0; v < V; ++v) {
                    acc[r][v] = zeroF32();
                }
            }
            tileMultiply(acc, C + row * stride, stride, 1, scratch + c, kSsdChunk, stateDim);
            for (int r = 0; r < R; ++r) {
                for (int v = 0; v < V; ++v) {
                    store(scores + (row + r) * kSsdChunk + c + 16 * v, acc[r][v]);
                }
            }
        });
    });
}

void ssdChunkState(const SsdChunkArgs& a) {
    const F32 last = broadcast(a.decay[a.tokens - 1]);
    for (int64_t j = 0; j < a.tokens; j += 16) {
        // Differences of sums, since e^{-s_j} alone overflows. They are never positive.
        const F32 left = sub(last, loadPartial(a.decay + j, a.tokens - j, 0));
        float weights[16];
        store(weights, mul(expNegative(left), loadPartial(a.dt + j, a.tokens - j, 0)));
        for (int64_t t = j; t < j + 16 && t < a.tokens; ++t) {
            const F32 weight = broadcast(weights[t - j]);
            for (int64_t p = 0; p < a.headDim; p += 16) {
                store(a.scratch + t * a.headDim + p, mul(weight, load(a.x + t * a.inStride + p)));
            }
        }
    }
    forRowTiles<kTileRows>(a.stateDim, [&]<int R>(int64_t n) {
        forColumnTiles(a.headDim, [&]<int V>(int64_t p) {
            F32 acc[R][V];
            for (int r = 0; r < R; ++r) {
                for (int v = 0; v < V; ++v) {
                    acc[r][v] = zeroF32();
                }
            }
            tileMultiply(acc, a.B + n, 1, a.inStride, a.scratch + p, a.headDim, a.tokens);
            for (int r = 0; r < R; ++r) {
                for (int v = 0; v < V; ++v) {
                    store(a.state + (n + r) * a.headDim + p + 16 * v, acc[r][v]);
                }
            }
        });
    });
}

// weights[r][j] = scores * e^{s_i - s_j} * dt_j for j <= i, else 0; i = row + r.
template <int R>
TL_SIMD void ssdRowWeights(const SsdChunkArgs& a, int64_t row, float (*weights)[kSsdChunk]) {
    for (int r = 0; r < R; ++r) {
        const int64_t i = row + r;
        const F32 s = broadcast(a.decay[i]);
        for (int64_t j = 0; j < row + R; j += 16) {
            // Behind i the difference is positive and could overflow; those lanes are cut below.
            const F32 difference =
                min(sub(s, loadPartial(a.decay + j, a.tokens - j, 0)), zeroF32());
            const F32 dt = loadPartial(a.dt + j, i + 1 - j, 0);
            const F32 score = loadPartial(a.scores + i * kSsdChunk + j, i + 1 - j, 0);
            store(weights[r] + j, mul(mul(expNegative(difference), dt), score));
        }
    }
}

void ssdChunkOutput(const SsdChunkArgs& a) {
    forRowTiles<kTileRows>(a.tokens, [&]<int R>(int64_t row) {
        float weights[R][kSsdChunk];
        ssdRowWeights<R>(a, row, weights);
        float fade[16];
        store(fade, expNegative(loadPartial(a.decay + row, R, 0)));
        forColumnTiles(a.headDim, [&]<int V>(int64_t p) {
            F32 acc[R][V];
            for (int r = 0; r < R; ++r) {
                for (int v = 0; v < V; ++v) {
                    acc[r][v] = zeroF32();
                }
            }
            tileMultiply(
                acc, a.C + row * a.inStride, a.inStride, 1, a.h + p, a.headDim, a.stateDim);
            for (int r = 0; r < R; ++r) {
                const F32 past = broadcast(fade[r]);
                for (int v = 0; v < V; ++v) {
                    const F32 x = load(a.x + (row + r) * a.inStride + p + 16 * v);
                    acc[r][v] = fma(acc[r][v], past, mul(x, broadcast(a.D)));
                }
            }
            tileMultiply(acc, weights[0], kSsdChunk, 1, a.x + p, a.inStride, row + R);
            for (int r = 0; r < R; ++r) {
                for (int v = 0; v < V; ++v) {
                    store(a.y + (row + r) * a.yStride + p + 16 * v, acc[r][v]);
                }
            }
        });
    });
}

void ssdPass(float* h, float* state, float decay, int64_t count) {
    const F32 fade = broadcast(decay);
    for (int64_t i = 0; i < count; i += 16) {
        const F32 before = load(h + i);
        store(h + i, fma(before, fade, load(state + i)));
        store(state + i, before);
    }
}

void ssmStep(const SsdChunkArgs& a, float* h) {
    const F32 fade = expNegative(broadcast(a.decay[0]));
    const float dt = a.dt[0];
    forColumnTiles(a.headDim, [&]<int V>(int64_t p) {
        F32 x[V];
        F32 y[V];
        for (int v = 0; v < V; ++v) {
            x[v] = load(a.x + p + 16 * v);
            y[v] = mul(x[v], broadcast(a.D));
        }
        for (int64_t n = 0; n < a.stateDim; ++n) {
            const F32 in = broadcast(dt * a.B[n]);
            const F32 out = broadcast(a.C[n]);
            for (int v = 0; v < V; ++v) {
                float* at = h + n * a.headDim + p + 16 * v;
                const F32 state = fma(load(at), fade, mul(in, x[v]));
                store(at, state);
                y[v] = fma(state, out, y[v]);
            }
        }
        for (int v = 0; v < V; ++v) {
            store(a.y + p + 16 * v, y[v]);
        }
    });
}
