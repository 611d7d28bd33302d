// Tensors of the native back end whose values a resource variable of TensorFlow holds, where its own fused updates
// change them. Any other use of such a tensor reads the variable, which shares its memory and costs a call.
import { type DataId, engine, type KernelBackend, type Tensor, type Variable } from '@tensorflow/tfjs-core';

export interface Attribute {
  readonly name: string;
  readonly type: number;
  readonly value: unknown;
}

/** The addon: it knows tensors by numbers. */
export interface Binding {
  readonly TF_FLOAT: number;
  readonly TF_INT32: number;
  readonly TF_ATTR_TYPE: number;
  readonly TF_ATTR_SHAPE: number;
  readonly TF_ATTR_STRING: number;
  readonly TF_ATTR_BOOL: number;
  readonly TF_ATTR_INT: number;
  readonly TF_ATTR_FLOAT: number;
  executeOp(
    name: string,
    attributes: readonly Attribute[],
    inputs: readonly number[],
    outputs: number,
  ): { id: number }[];
  createTensor(shape: readonly number[], type: number, values: Float32Array | Int32Array): number;
  tensorDataSync(id: number): ArrayLike<number>;
  deleteTensor(id: number): void;
}

/** What tfjs-node knows of a tensor. */
export interface Info {
  readonly shape: readonly number[];
  readonly dtype: number;
  id: number;
  values: unknown;
  refCount: number;
}

/** tfjs-node's back end. */
export interface NativeBackend extends KernelBackend {
  readonly binding: Binding;
  readonly isUsingGpuDevice: boolean;
  readonly tensorMap: {
    get(dataId: DataId): Info;
    has(dataId: DataId): boolean;
    set(dataId: DataId, info: Info): void;
    delete(dataId: DataId): boolean;
  };
  getInputTensorIds(tensors: readonly Tensor[]): number[];
}

/** A resource variable. */
interface Resident {
  readonly handle: number;
  /** The tensor that was read from it, or that it was made of, since its last change. */
  read: number | undefined;
}

/** Makes a variable that nothing but its handle holds. */
const ANONYMOUS = 'cd2c89b7-88b7-44c8-ad83-06c2a9158347';

/** The resource variables of a back end. */
export class Residents {
  readonly #backend: NativeBackend;
  readonly #binding: Binding;
  readonly #known = new WeakMap<Info, Resident>();
  readonly #type: readonly Attribute[];

  constructor(backend: NativeBackend) {
    this.#backend = backend;
    this.#binding = backend.binding;
    const { TF_FLOAT, TF_ATTR_TYPE } = this.#binding;
    this.#type = [{ name: 'dtype', type: TF_ATTR_TYPE, value: TF_FLOAT }];
    const dispose = backend.disposeData.bind(backend);
    backend.disposeData = (dataId: DataId, force = false): boolean => {
      const info = backend.tensorMap.has(dataId as DataId) ? backend.tensorMap.get(dataId) : undefined;
      const resident = info && this.#known.get(info);
      if (!resident) return dispose(dataId, force);
      info.refCount--;
      if (!force && info.refCount > 0) return false;
      backend.tensorMap.delete(dataId);
      this.#free(resident);
      return true;
    };
  }

  /**
   * The handle of the variable that holds the values of a tfjs variable, free to be changed: tensors that share
   * those values keep what they are.
   */
  handle(variable: Variable): number {
    const info = this.#backend.tensorMap.get(variable.dataId);
    if (info.refCount > 1) return this.#part(variable, info).handle;
    const known = this.#known.get(info) ?? this.#make(variable);
    if (!this.#known.has(info)) this.#attach(info, known);
    // While there is a tensor of the same memory, TensorFlow would copy it before the change.
    if (known.read !== undefined) this.#forget(known);
    return known.handle;
  }

  /** A resource variable of the values of a tensor. */
  #make(tensor: Tensor): Resident {
    const { TF_ATTR_SHAPE, TF_ATTR_STRING } = this.#binding;
    const [id] = this.#backend.getInputTensorIds([tensor]) as [number];
    const attributes = [
      ...this.#type,
      { name: 'shape', type: TF_ATTR_SHAPE, value: tensor.shape },
      { name: 'container', type: TF_ATTR_STRING, value: '' },
      { name: 'shared_name', type: TF_ATTR_STRING, value: ANONYMOUS },
    ];
    const handle = this.#binding.executeOp('VarHandleOp', attributes, [], 1)[0]!.id;
    this.#binding.executeOp('AssignVariableOp', this.#type, [handle, id], 0);
    return { handle, read: id };
  }

  /** From now on the tensor's values are those of the resource variable, read when they are asked for. */
  #attach(info: Info, resident: Resident): void {
    this.#known.set(info, resident);
    Object.defineProperty(info, 'id', {
      configurable: true,
      enumerable: true,
      get: () => {
        resident.read ??= this.#binding.executeOp('ReadVariableOp', this.#type, [resident.handle], 1)[0]!.id;
        return resident.read;
      },
    });
  }

  /** Gives a variable values of its own, where other tensors share them. */
  #part(variable: Variable, shared: Info): Resident {
    const resident = this.#known.get(shared) ?? this.#make(variable);
    const { id } = shared;
    this.#known.delete(shared);
    Object.defineProperty(shared, 'id', { value: id, configurable: true, enumerable: true, writable: true });
    // The tensor stays with the others, so that TensorFlow copies before the change.
    resident.read = undefined;
    const { shape, dtype } = shared;
    const own: Info = { shape, dtype, id: -1, values: null, refCount: 1 };
    this.#attach(own, resident);
    const dataId: DataId = {};
    this.#backend.tensorMap.set(dataId, own);
    const tensor = engine().makeTensorFromTensorInfo(
      { dataId, shape: variable.shape, dtype: 'float32' },
      this.#backend,
    );
    variable.assign(tensor);
    tensor.dispose();
    return resident;
  }

  #forget(resident: Resident): void {
    this.#binding.deleteTensor(resident.read!);
    resident.read = undefined;
  }

  #free(resident: Resident): void {
    if (resident.read !== undefined) this.#forget(resident);
    this.#binding.deleteTensor(resident.handle);
  }
}
