"""Legal oddities of i.materialise: rules that keep the contract in another way than the sandbox does."""
