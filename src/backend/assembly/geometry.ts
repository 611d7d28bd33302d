/**
 * The shape of a convolution or a pooling, NHWC: sixteen i32 in the caller's memory, in this order. A filter is
 * [filterHeight, filterWidth, inChannels, outChannels]; pads are the rows above and the columns to the left.
 */
@unmanaged
export class Geometry {
  batch: i32;
  inHeight: i32;
  inWidth: i32;
  inChannels: i32;
  outHeight: i32;
  outWidth: i32;
  outChannels: i32;
  filterHeight: i32;
  filterWidth: i32;
  strideHeight: i32;
  strideWidth: i32;
  dilationHeight: i32;
  dilationWidth: i32;
  padTop: i32;
  padLeft: i32;
}
