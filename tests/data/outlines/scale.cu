// CUDA is read with the grammar of C++.
__global__ void scaleKernel(float* x, float by, int n) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n) x[i] *= by;
}

void scale(float* x, float by, int n) {
    scaleKernel<<<(n + 255) / 256, 256>>>(x, by, n);
}
