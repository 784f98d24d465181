// SPDX-License-Identifier: Apache-2.0
#include "engine/layers/mamba2_layer.h"

namespace tl {

LayerNeeds Mamba2Config::needs() const {
    LayerNeeds needs;
    needs.state = {
        {"conv", StateOp::kConv, {convKernel - 1, convChannels()}},  // oldest input first
        {"ssm", StateOp::kSsd, {heads, stateSize, headDim}}};
    needs.workspace.projected = inProjRows();
    needs.workspace.convolved = convChannels();
    needs.workspace.mixed = innerSize;
    needs.limits.columns = innerSize;
    needs.limits.ssmHeads = heads;
    needs.limits.ssmStateDim = stateSize;
    needs.limits.ssmHeadDim = headDim;
    needs.vectorSizes = {{headDim, "SSM head size"},
                         {stateSize, "SSM state size"},
                         {innerSize / groups, "SSM group size"}};
    return needs;
}

std::vector<LayerSetting> Mamba2Config::settings() const {
    return {{"mamba2_inner", static_cast<double>(innerSize)},
            {"mamba2_heads", static_cast<double>(heads)},
            {"mamba2_head_dim", static_cast<double>(headDim)},
            {"mamba2_state", static_cast<double>(stateSize)},
            {"mamba2_groups", static_cast<double>(groups)},
            {"mamba2_convolution", static_cast<double>(convKernel)}};
}

std::unique_ptr<Layer> Mamba2Config::load(const ModelConfig& model,
                                          const std::string& prefix,
                                          WeightLoader& loader) const {
    return std::make_unique<Mamba2Layer>(*this, model, prefix, loader);
}

namespace {

// A convolution without bias in the file adds zeros.
std::unique_ptr<Buffer> convBias(const std::string& name, int64_t channels, WeightLoader& loader) {
    return loader.has(name) ? loader.vector(name, channels)
                            : loader.upload(std::vector<float>(static_cast<size_t>(channels)));
}

}  // namespace

Mamba2Layer::Mamba2Layer(const Mamba2Config& shape,
                         const ModelConfig& model,
                         const std::string& prefix,
                         WeightLoader& loader)
    : m_shape(shape)
    , m_embedding(model.embeddingSize)
    , m_epsilon(model.normEpsilon)
    , m_residualScale(model.residualScale)
    , m_norm(loader.vector(prefix + "attn_norm.weight", m_embedding))
    , m_inProjection(loader.matrix(prefix + "ssm_in.weight", m_shape.inProjRows(), m_embedding))
    , m_convWeight(
          loader.taps(prefix + "ssm_conv1d.weight", m_shape.convChannels(), m_shape.convKernel))
    , m_convBias(convBias(prefix + "ssm_conv1d.bias", m_shape.convChannels(), loader))
    , m_dtBias(loader.vector(prefix + "ssm_dt.bias", m_shape.heads))
    , m_A(loader.vector(prefix + "ssm_a", m_shape.heads))
    , m_D(loader.vector(prefix + "ssm_d", m_shape.heads))
    , m_gateNorm(loader.vector(prefix + "ssm_norm.weight", m_shape.innerSize))
    , m_outProjection(loader.matrix(prefix + "ssm_out.weight", m_embedding, m_shape.innerSize)) {}

int64_t Mamba2Layer::weightBytes() const {
    return m_inProjection->bytes() + m_outProjection->bytes();
}

// From work.projected through the convolution and the scan into work.mixed.
void Mamba2Layer::mix(const LayerCall& call) const {
    const int64_t width = m_shape.inProjRows();
    const float* projected = call.work.projected->floats();
    float* xBC = call.work.convolved->floats();
    forSegments<ConvArgs>(
        call,
        [&](const Segment& segment) {
            return ConvArgs{projected + segment.begin * width + m_shape.innerSize,
                            m_convWeight->floats(),
                            m_convBias->floats(),
                            segment.recurrent,
                            xBC + segment.begin * m_shape.convChannels(),
                            segment.tokens,
                            m_shape.convChannels(),
                            m_shape.convKernel,
                            width};
        },
        [&](std::span<const ConvArgs> args) { call.backend.conv(args); });
    forSegments<SsdArgs>(
        call,
        [&](const Segment& segment) {
            SsdArgs scan = {};
            scan.xBC = xBC + segment.begin * m_shape.convChannels();
            // The last columns of a row, whose first are z.
            scan.dt = projected + (segment.begin + 1) * width - m_shape.heads;
            scan.dtStride = width;
            scan.dtBias = m_dtBias->floats();
            scan.A = m_A->floats();
            scan.D = m_D->floats();
            scan.h = segment.recurrent + m_shape.tailFloats();
            scan.y = call.work.mixed->floats() + segment.begin * m_shape.innerSize;
            scan.tokens = segment.tokens;
            scan.heads = m_shape.heads;
            scan.groups = m_shape.groups;
            scan.headDim = m_shape.headDim;
            scan.stateDim = m_shape.stateSize;
            return scan;
        },
        [&](std::span<const SsdArgs> args) { call.backend.ssd(args); });
}

void Mamba2Layer::run(const LayerCall& call) const {
    const int64_t width = m_shape.inProjRows();
    float* residual = call.work.residual->floats();
    float* projected = call.work.projected->floats();  // z | x B C | dt
    float* y = call.work.mixed->floats();

    // One product makes z, x, B, C and dt; the norm before it is part of it.
    MatmulArgs in = {};
    in.in = residual;
    in.inStride = m_embedding;
    in.weights = m_inProjection.get();
    in.normWeight = m_norm->floats();
    in.normEpsilon = m_epsilon;
    in.out = projected;
    in.outStride = width;
    in.tokens = call.tokens;
    in.alpha = 1;
    call.backend.matmul(in);

    mix(call);

    call.backend.gatedNorm({projected,
                            m_gateNorm->floats(),
                            y,
                            call.tokens,
                            m_shape.innerSize,
                            m_shape.groups,
                            width,
                            m_epsilon});

    addToResidual(call.backend, call.work, y, *m_outProjection, call.tokens, m_residualScale);
}

}  // namespace tl
